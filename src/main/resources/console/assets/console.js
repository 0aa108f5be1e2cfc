// Keeps the live part of a page up to date, asks before what cannot be undone, chooses all.
'use strict';

const live = document.getElementById('live');
const pulse = document.getElementById('pulse');

function isBusy(part) {
  const focused = document.activeElement;
  return (part.contains(focused) && focused !== part && focused.matches('input, button, summary'))
    || String(window.getSelection()).length > 0;
}

if (live && live.dataset.of) {
  const query = new URLSearchParams(window.location.search);
  query.set('of', live.dataset.of);
  const events = new EventSource('/events?' + query);
  events.addEventListener('live', (event) => {
    pulse.textContent = 'live';
    pulse.className = 'pulse on';
    if (isBusy(live)) {
      return;
    }
    const open = new Set(Array.from(live.querySelectorAll('details[open] > summary'), (s) => s.textContent));
    const focused = live.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    live.innerHTML = event.data;
    live.querySelectorAll('details > summary').forEach((s) => { s.parentElement.open = open.has(s.textContent); });
    if (focused) {
      const again = live.querySelector('a[href="' + CSS.escape(focused) + '"]');
      if (again) {
        again.focus({ preventScroll: true });
      }
    }
  });
  events.addEventListener('error', () => {
    pulse.textContent = 'not connected';
    pulse.className = 'pulse off';
  });
}

document.addEventListener('submit', (event) => {
  const question = (event.submitter && event.submitter.dataset.confirm) || event.target.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
  }
});

const all = document.getElementById('all');
if (all) {
  all.addEventListener('change', () => {
    document.querySelectorAll('input[name=letter]').forEach((box) => { box.checked = all.checked; });
  });
}
