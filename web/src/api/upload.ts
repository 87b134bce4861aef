/** Nothing can be sent to an address there. */
import { ApiError, unreachable } from './error.ts';

/** Sends a file as the body; `told` hears how much of it is there, from 0 to 1. */
export function upload<T>(
  path: string,
  file: File,
  told: (part: number) => void,
  type = 'application/octet-stream',
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${path}?filename=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('Content-Type', type);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => told(total ? loaded / total : 0);
    request.upload.onload = () => told(1);
    request.onload = () => {
      const { response, status } = request;
      if (status === 201 && response) return resolve(response);
      reject(
        response?.error ? new ApiError(status, response.error) : new Error(`The server answered ${status}.`),
      );
    };
    request.onerror = () => reject(unreachable());
    request.send(file);
  });
}
