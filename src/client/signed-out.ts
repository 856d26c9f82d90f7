/** After signing out: says how much waits on this device, and makes the device forget whose it is. */
import { waitingPosts } from './queue.ts'

const author = localStorage.getItem('author')
localStorage.removeItem('author')
sessionStorage.removeItem('noted')
const place = document.querySelector<HTMLElement>('#left')
const left = (await waitingPosts()).filter((post) => post.author === author)
if (place && left.length > 0) {
  place.append(` ${left.length}.`)
  place.hidden = false
}
