import type { Handlers } from '../call.ts'
import { apiPageHandlers } from './api.ts'
import { authorPageHandlers } from './authors.ts'
import { browserHandlers } from './browsers.ts'
import { forwardingHandlers } from './forwarding.ts'
import { lettersHandlers } from './letters.ts'
import { milestonePageHandlers } from './milestones.ts'
import { peopleHandlers } from './people.ts'
import { personHandlers } from './person.ts'
import { phoneHandlers } from './phone.ts'
import { previewHandlers } from './preview.ts'
import { previewFormHandlers } from './preview-forms.ts'
import { reportPageHandlers } from './reports.ts'
import type { deskRoutes } from './routes.ts'
import { sendNowHandlers } from './send-now.ts'
import { settingsPageHandlers } from './settings.ts'
import { updatePageHandlers } from './updates.ts'
import { weekHandlers } from './week.ts'
import { withdrawingHandlers } from './withdrawing.ts'
import { writeHandlers } from './write.ts'

/** A handler for each page of the desk and each of its forms. */
export const deskHandlers: Handlers<keyof typeof deskRoutes> = {
  ...writeHandlers,
  ...updatePageHandlers,
  ...weekHandlers,
  ...browserHandlers,
  ...peopleHandlers,
  ...personHandlers,
  ...authorPageHandlers,
  ...previewHandlers,
  ...previewFormHandlers,
  ...sendNowHandlers,
  ...forwardingHandlers,
  ...lettersHandlers,
  ...withdrawingHandlers,
  ...settingsPageHandlers,
  ...milestonePageHandlers,
  ...reportPageHandlers,
  ...apiPageHandlers,
  ...phoneHandlers,
}
