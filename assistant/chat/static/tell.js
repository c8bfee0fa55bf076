// What the other scripts share: elements, announcements, and telling the conversation what to do.
export const byId = (id) => document.getElementById(id);
export const phone = window.matchMedia("(max-width: 700px)");
export const questionBox = () => document.querySelector("#question textarea, #question input");

// Ask for an event of the conversation: click (a question), submit (an opinion), select (a file),
// input (a conversation kept). The server answers through #fresh.
export function tell(event, data) {
  byId("conversation").dispatchEvent(new CustomEvent("tell", { bubbles: true, detail: { event, data } }));
}

export function announce(words) {
  const announcer = byId("announcer");
  if (announcer && announcer.textContent !== words) announcer.textContent = words;
}

// The words of the server for what it refuses, ours when it cannot be reached.
export async function words(response) {
  const text = response ? (await response.text()).trim() : "";
  return text && text.length < 400 && !text.startsWith("{") ? text
    : "Tisserand n’a pas répondu. Vérifiez qu’il est toujours ouvert, puis réessayez.";
}
