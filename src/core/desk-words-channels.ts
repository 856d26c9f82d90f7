/** The table of fixed words of the pages about posting from elsewhere (PURE): laptop, scripts, phone. */

export const apiWords = {
  api: 'From a laptop or a script',
  token:
    'Each line below works as it stands, once the token of this machine is in your shell: export WEEKNOTES_TOKEN=wn_…',
  toAuthors: 'Make a token for it',
  commandLine: 'The command line',
  commandLineWhy:
    'It needs sh and curl. What is not taken is kept in a file, and sent again under the same key. The second line asks for the token, and keeps it.',
  browser: 'In the browser',
  browserWhy:
    'Drag this to your bookmarks. On any page it opens the page for writing with what you selected and the link; it posts nothing.',
  bookmark: 'Note this page',
  bookmarkCode: 'As the address of a bookmark that you make by hand',
  curl: 'With curl',
  python: 'At the end of a training run',
  pythonWhy: 'Python’s own library is enough. All tries have one key, so that the result stands there once.',
  openApi: 'Every route, as an OpenAPI document',
} as const

export const phoneWords = {
  phone: 'Your phone',
  signIn: 'These pages',
  signInWhy: 'A code for its camera opens them there, signed in as you, with no token to be typed.',
  showCode: 'Show the code',
  code: 'QR code of the link below it',
  link: 'Or open this there',
  linkHow:
    'It works once, within ten minutes. Whoever opens it first is signed in as you: show it to nobody else.',
  shortcut: 'A shortcut, on an iPhone',
  shortcutWhy: 'Three actions post what you say or type. In the app Shortcuts:',
  steps: {
    make: 'Tap +, and name the new shortcut “Note it”.',
    dictate: 'Add “Dictate Text”; or “Ask for Input”, to type.',
    fetch: 'Add “Get Contents of URL”. The URL is:',
    headers:
      'Under “Show More” choose the method POST, and add two headers. “Accept” is “text/plain”, “Authorization” is:',
    form: 'The request body is a form. Add a field of the sort Text: its key is “text”, its value what was dictated or typed.',
    show: 'Add “Show Notification”, with the contents of the URL: it says what was understood.',
    place:
      'Put it at hand: on the home screen, the action button, a tap on the back; or say “Siri, note it”.',
  },
  url: 'Address',
  header: 'Authorization',
  headerHow:
    'It is shown this once: copy it now. Whoever has it posts as you, and can sign in here to write as you.',
  makeToken: 'Make a token for the phone',
  device: 'iPhone',
  share: 'From the share sheet',
  shareSteps: [
    'Duplicate the shortcut, and name it “Note this”.',
    'In its details turn on “Show in Share Sheet”, for text, URLs and Safari web pages.',
    'Replace “Dictate Text” by “Ask for Input”.',
    'The value of “text” is what was typed, a line break, and the shortcut’s input.',
  ],
  photo: 'A photo',
  photoSteps: [
    'Duplicate “Note this”, and let it take images instead.',
    'Before “Get Contents of URL” add “Convert Image”: the shortcut’s input to JPEG, metadata not preserved. An iPhone takes photos as HEIC, which is not kept, and writes into them where you were.',
    'The value of “text” is only what was typed. Add to the form a field of the sort File: its key is “photo”, its value the converted image.',
  ],
  photoWhy: 'If a photo cannot be kept, the answer says so; the text is kept.',
  signInHere: 'Sign in here?',
  signInHereWhy: 'This signs this browser in as the owner.',
  signInButton: 'Sign in',
  ended: 'This link has ended',
  endedWhy: 'It works once, within ten minutes. Where you are signed in already, go on:',
  toHome: 'To your pages',
  endedElse: 'Else have another code shown, in a browser that is signed in: on Write, “Your phone”.',
} as const

type Lines = readonly (readonly [what: string, lines: string])[]

/** Lines for a shell at this address, the token in a variable. */
export function curlLines(address: string): Lines {
  const post = `curl -sS ${address}/api/updates -H "Authorization: Bearer $WEEKNOTES_TOKEN"`
  const asText = `${post} -H 'Accept: text/plain'`
  return [
    [
      'Text; the answer is one line',
      `${asText} -H 'Content-Type: text/plain' --data-raw '#ask Which day suits?'`,
    ],
    ['A form', `${asText} -d kind=done --data-urlencode 'text=The loader keeps up'`],
    ['A form with a photo', `${asText} -F 'text=#surprise The loss goes NaN' -F photo=@photo.jpg`],
    [
      'JSON; the answer, too',
      `${post} -H 'Content-Type: application/json' -d '{"text": "Both runs are through", "kind": "done", "fields": {"run": 7}}'`,
    ],
    [
      'On a bad line: tried again, noted once',
      `${asText} -H "Idempotency-Key: $(od -An -N16 -tx1 /dev/urandom | tr -d ' ')" --retry 5 --retry-all-errors -d 'text=Done: the plots'`,
    ],
    ['Your updates, the newest first', post],
  ]
}

export function installLines(address: string): string {
  return `mkdir -p ~/.local/bin && curl -fsS ${address}/weeknotes.sh -o ~/.local/bin/weeknotes && chmod +x ~/.local/bin/weeknotes
~/.local/bin/weeknotes -c ${address}
~/.local/bin/weeknotes 'Done: set up the command line'`
}

/** What a bookmark runs on any page: a long selection would not fit into an address. */
export function bookmarklet(address: string): string {
  return `javascript:void(u=>open(u)||(location=u))('${address}/write?'+new URLSearchParams({text:(getSelection()+'').slice(0,1500),title:document.title.slice(0,300),url:location.href}))`
}

export function pythonExample(address: string): string {
  return `import os, time, urllib.request, uuid
def note(text, url="${address}/api/updates"):
    headers = {"Authorization": "Bearer " + os.environ["WEEKNOTES_TOKEN"], "Accept": "text/plain",
               "Content-Type": "text/plain", "Idempotency-Key": str(uuid.uuid4())}
    request = urllib.request.Request(url, text.encode(), headers)
    for wait in (1, 5, 25, 125, 0):
        try: return urllib.request.urlopen(request, timeout=30).read().decode()
        except Exception as error: code, why = getattr(error, "code", 500), error
        if wait == 0 or 400 <= code < 429: return f"not noted ({why}): {text}"
        time.sleep(wait)

print(note("#result auc=0.7889 baseline .7812 runs=3 on=kaggle"))`
}
