/** The table of fixed words of the desk (PURE): what the machine says to those who write. */

export const deskWords = {
  write: 'Write',
  week: 'This week',
  devices: 'Devices',
  letters: 'Letters',
  desk: 'Your pages',
  lost: 'A lost device',
  lostWhy: 'What is signed in can read and write as you. Three steps end that:',
  lostSteps: [
    [
      'Sign it out.',
      'Among your devices, sign out the lost one, or all. Its next request is asked for a token.',
    ],
    [
      'End its token.',
      'If a shortcut or a script on it posts for you, end the token of that device, and every session begun with the token ends too. The devices and the ids of their tokens stand in /api/authors; DELETE /api/tokens/{id} ends one.',
    ],
    [
      'Change the owner’s token.',
      'If the owner’s own token was kept on it, set another one with “npx wrangler secret put OWNER_TOKEN”. Every session of the owner ends, and the old token is worth nothing.',
    ],
  ],
  toDevices: 'To your devices',
  isLost: 'Is one lost?',
  thisDevice: 'this one',
  unknownDevice: 'Some browser',
  lastUsed: (day: string) => `last used ${day}`,
  signOutDevice: 'Sign out',
  signOutAll: 'Sign me out everywhere',
  devicesWhy: 'A device stays signed in for 90 days after its last use.',
  notYours: 'This page is not yours',
  notYoursWhy: 'You are signed in, but what stands here is the owner’s. With the owner’s token it opens:',
  resume: 'Signed in again',
  resumeWhy: 'This was not kept yet. Look at it, and send it now:',
  resumeButton: 'Send it',
  keptForYou: 'You were signed out. Sign in, and what you typed is there again.',
  back: 'Go back: what you typed is still there.',
  did: { signedOut: 'Signed out.' },
} as const

/** What was done, as an address names it: only these words can be said by a link. */
export type DeskDid = keyof typeof deskWords.did

export const deskDids = Object.keys(deskWords.did) as [DeskDid, ...DeskDid[]] // Object.keys forgets the names
