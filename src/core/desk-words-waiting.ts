/** The table of fixed words about posts that wait on a device (PURE). */

export const waitingWords = {
  heading: 'Not sent yet',
  offline: 'What you noted waits on this device. It is sent when you are online again.',
  signIn: 'What you noted waits on this device. Sign in, and it is sent.',
  toSignIn: 'Sign in',
  sendNow: 'Send now',
  edit: 'Edit',
  discard: 'Discard',
  sure: 'Discard it? It was not sent.',
  instead: 'It takes the place of what you are writing, which is lost. Go on?',
  isOffline:
    'You are offline. What you note here waits on this device, and is sent when you are online again.',
  isNobody: 'You are offline, and nobody is signed in on this device. Once you are online, sign in first.',
  left: 'Not sent yet, and kept on this device until you sign in here again:',
} as const

export const waitingDids = {
  sent: 'What waited on this device was sent.',
} as const
