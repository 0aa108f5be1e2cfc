// Keeps the live part of a page up to date, loads what is slow after the page, asks before what
// cannot be undone, chooses all, edits a mapping.
'use strict';

const pulse = document.getElementById('pulse');

/** Makes one element like another and leaves alone what is the same: focus and selection stay. */
function morph(from, to) {
  for (const { name } of Array.from(from.attributes)) {
    if (!to.hasAttribute(name) && name !== 'open') {
      from.removeAttribute(name);
    }
  }
  for (const { name, value } of Array.from(to.attributes)) {
    if (from.getAttribute(name) !== value && name !== 'open') {
      from.setAttribute(name, value);
    }
  }
  const wanted = Array.from(to.childNodes);
  wanted.forEach((node, i) => {
    const have = from.childNodes[i];
    if (!have) {
      from.appendChild(node);
    } else if (have.nodeName !== node.nodeName) {
      from.replaceChild(node, have);
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      morph(have, node);
    } else if (have.data !== node.data) {
      have.data = node.data;
    }
  });
  while (from.childNodes.length > wanted.length) {
    from.lastChild.remove();
  }
}

function parsed(html) {
  return new DOMParser().parseFromString(html, 'text/html');
}

/** Fills what the server works out slowly. */
async function load(place) {
  try {
    const answer = await fetch(place.dataset.load);
    if (answer.ok && !answer.redirected) {
      place.innerHTML = await answer.text();
      place.dataset.loaded = '';
    }
  } catch {
    place.textContent = '';
  }
}

function loadAll() {
  document.querySelectorAll('[data-load]').forEach(load);
}

function stage() {
  const mark = document.querySelector('#live [data-stage]');
  return mark ? mark.dataset.stage + mark.dataset.of : '';
}

/** What surrounds the live part has changed too: the buttons, the objects. */
async function renew() {
  const answer = await fetch(window.location.pathname);
  if (!answer.ok || answer.redirected) {
    return;
  }
  const fresh = parsed(await answer.text());
  for (const id of ['above', 'still']) {
    const part = document.getElementById(id);
    if (!part.contains(document.activeElement)) {
      morph(part, fresh.getElementById(id));
    }
  }
  loadAll();
}

function follow() {
  const live = document.getElementById('live');
  if (!live || !live.dataset.follow) {
    return;
  }
  const said = document.getElementById('said');
  const query = new URLSearchParams(window.location.search);
  query.set('of', live.dataset.follow);
  const events = new EventSource('/events?' + query);
  events.addEventListener('live', (event) => {
    pulse.textContent = 'live';
    pulse.className = 'pulse on';
    const before = stage();
    const fresh = document.createElement('div');
    Object.assign(fresh.dataset, live.dataset);
    fresh.id = 'live';
    fresh.append(...parsed(event.data).body.childNodes);
    morph(live, fresh);
    if (stage() !== before) {
      said.textContent = live.querySelector('[data-stage]').dataset.stage;
      renew();
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

document.addEventListener('change', (event) => {
  if (event.target.id === 'all') {
    document.querySelectorAll('input[name=letter]').forEach((box) => { box.checked = event.target.checked; });
  }
});

/** Marks the transform that was refused. */
function blame(rows, column) {
  const row = Array.from(rows.rows)
    .find((one) => one.querySelector('[name=target]').value.trim() === column);
  if (row) {
    const transform = row.querySelector('[name=transform]');
    transform.setAttribute('aria-invalid', 'true');
    transform.setAttribute('aria-describedby', 'problem');
    transform.focus();
  }
}

/** Another column than the one that the last run did not find. */
function forgive(source) {
  const why = source.parentNode.querySelector('.why');
  if (why) {
    source.removeAttribute('aria-invalid');
    source.removeAttribute('aria-describedby');
    why.remove();
  }
}

function editMapping(form) {
  const rows = form.querySelector('tbody');
  const problem = document.getElementById('problem');
  document.getElementById('add').addEventListener('click', () => {
    rows.append(document.getElementById('row').content.cloneNode(true));
    rows.lastElementChild.querySelector('input').focus();
  });
  rows.addEventListener('click', (event) => {
    if (event.target.hasAttribute('data-remove')) {
      event.target.closest('tr').remove();
      document.getElementById('add').focus();
    }
  });
  rows.addEventListener('input', (event) => {
    if (event.target.name === 'source') {
      forgive(event.target);
    }
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const mappings = Array.from(rows.rows, (row) => Object.fromEntries(
      Array.from(row.querySelectorAll('input, textarea'), (field) => [field.name, field.value.trim()])))
      .filter((row) => row.source || row.target || row.transform);
    const body = JSON.stringify({
      csrf: form.dataset.csrf,
      mappings,
      expected: JSON.parse(form.dataset.expected),
      again: Boolean(event.submitter) && event.submitter.value === 'again',
    });
    problem.hidden = true;
    rows.querySelectorAll('[aria-describedby=problem]').forEach((field) => {
      field.removeAttribute('aria-invalid');
      field.removeAttribute('aria-describedby');
    });
    let answer;
    try {
      const sent = await fetch(form.dataset.action,
        { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      answer = await sent.json();
    } catch {
      answer = { problem: 'The runner does not answer; nothing is lost in this form.' };
    }
    if (answer.goTo) {
      window.location = answer.goTo;
    } else {
      problem.textContent = answer.problem;
      problem.hidden = false;
      blame(rows, answer.column);
    }
  });
}

const mapping = document.getElementById('mapping');
if (mapping) {
  editMapping(mapping);
}
loadAll();
follow();
