/** What we use of Meta's SDK, which brings no types. */
declare module 'facebook-nodejs-business-sdk' {
  class FacebookAdsApi {
    constructor(accessToken: string, locale?: string, crashLog?: boolean);
    call(
      method: string,
      path: string[],
      params?: object,
      files?: object,
      multipart?: boolean,
      base?: string,
    ): Promise<unknown>;
  }
  const sdk: { FacebookAdsApi: typeof FacebookAdsApi };
  export default sdk;
}
