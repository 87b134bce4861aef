import { ApiError, unreachable } from '../../api/error.ts';

/** Sends a file; `told` hears how much of it is there, from 0 to 1. Answers the import's id. */
export function uploadFile(file: File, told: (part: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/imports?filename=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => told(total ? loaded / total : 0);
    request.upload.onload = () => told(1);
    request.onload = () => {
      const { response, status } = request;
      if (status === 201 && response?.importId) return resolve(response.importId);
      reject(
        response?.error ? new ApiError(status, response.error) : new Error(`The server answered ${status}.`),
      );
    };
    request.onerror = () => reject(unreachable());
    request.send(file);
  });
}
