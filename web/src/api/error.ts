/** A failed call, in the server's own words. `fields` maps an input's path to what is wrong with it. */
export class ApiError extends Error {
  readonly code: string;
  readonly statusCode: number;
  readonly retryable: boolean;
  readonly fields: Record<string, string>;
  readonly details: Record<string, unknown>;

  constructor(
    statusCode: number,
    body: { code: string; message: string; retryable: boolean; details?: Record<string, unknown> },
  ) {
    super(body.message);
    this.name = 'ApiError';
    this.statusCode = statusCode;
    this.code = body.code;
    this.retryable = body.retryable;
    this.details = body.details ?? {};
    const problems = (this.details.fields ?? []) as { path: string; message: string }[];
    this.fields = Object.fromEntries(problems.map(({ path, message }) => [path, message]));
  }
}

export const unreachable = () =>
  new ApiError(0, {
    code: 'network',
    message:
      'The server cannot be reached. Nothing was lost: what you entered is still here, and trying again cannot do it twice.',
    retryable: true,
  });

export async function errorFrom(response: Response): Promise<ApiError> {
  const body = await response.json().catch(() => undefined);
  if (body?.error?.message) return new ApiError(response.status, body.error);
  return new ApiError(response.status, {
    code: 'http',
    message: `The server answered ${response.status}. Nothing was lost; please try again.`,
    retryable: response.status >= 500,
  });
}
