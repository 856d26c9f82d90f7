import type { Handlers } from '../call.ts'
import { deviceHandlers } from './devices.ts'
import type { deskRoutes } from './routes.ts'

/** A handler for each page of the desk and each of its forms. */
export const deskHandlers: Handlers<keyof typeof deskRoutes> = {
  ...deviceHandlers,
}
