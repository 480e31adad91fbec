// Replaces the sections of the page that have changed. The keyboard stays where it was.
"use strict";
const link = document.getElementById("link");
const feed = new EventSource("/feed");
for (const section of document.querySelectorAll("main > section")) {
  feed.addEventListener(section.id, (event) => {
    const focused = section.contains(document.activeElement) ? document.activeElement.id : "";
    section.innerHTML = event.data;
    if (focused) {
      document.getElementById(focused)?.focus();
    }
  });
}
feed.onopen = () => { link.textContent = ""; };
feed.onerror = () => {
  link.textContent = feed.readyState === EventSource.CLOSED
    ? "This page is no longer up to date. Load it again."
    : "The server does not answer. Trying again.";
};
