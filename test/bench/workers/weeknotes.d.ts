/** The Worker as `wrangler deploy` would upload it: an alias in the configuration of the measured Worker. */
declare module 'weeknotes' {
  const worker: {
    fetch(request: Request, env: object, context: object): Response | Promise<Response>
    scheduled(controller: { readonly scheduledTime: number }, env: object): Promise<void>
  }
  export default worker
}
