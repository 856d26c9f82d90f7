import { apiPage } from '../../render/pages/desk/api.tsx'
import { type Handlers, page } from '../call.ts'
import { viewerOf } from './viewer.ts'

export const apiPageHandlers: Handlers<'showApi'> = {
  async showApi(call) {
    return page(200, apiPage(await viewerOf(call), call.url.origin))
  },
}
