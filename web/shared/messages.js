// The sentences of the pages, in the language of whoever looks at them. A language is its files in /web/lang and a line in languages.json:
// en.json for the kiosk, a person's phone and what all pages share; admin.en.json and trust.en.json for what those pages have besides.

const FOLDER = '/web/lang/';
const STORED = 'rollcall.language';
const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

let sentences = {};
let fallback = {};
let files = [''];
let plural = new Intl.PluralRules('en');

/** The language in use, such as "en"; the same with the browser's country, such as "en-GB", for dates and numbers; all languages. */
export let language = 'en';
export let locale = 'en';
export let languages = {};

async function read(name) {
  const response = await fetch(FOLDER + name + '.json');
  if (!response.ok) throw new Error(`no file ${name}`);
  return response.json();
}

function preferred() {
  const stored = remembered(STORED);
  const wanted = [stored, ...navigator.languages].filter(Boolean).map((code) => code.split('-')[0]);
  return wanted.find((code) => code in languages) ?? 'en';
}

async function readLanguage(code) {
  return Object.assign({}, ...await Promise.all(files.map((file) => read(file + code))));
}

/**
 * Reads the sentences of the language that was chosen before, or that the browser prefers.
 *
 * @param page the name of a page that has files of its own: admin or trust
 */
export async function startMessages(page) {
  files = page ? ['', `${page}.`] : [''];
  [languages, fallback] = await Promise.all([read('languages'), readLanguage('en')]);
  await setLanguage(preferred(), false);
}

/** Changes the language of the pages; keeps it in this browser if asked. */
export async function setLanguage(code, keep = true) {
  sentences = code === 'en' ? fallback : await readLanguage(code);
  language = code;
  locale = navigator.languages.find((one) => one.split('-')[0] === code) ?? code;
  plural = new Intl.PluralRules(code);
  document.documentElement.lang = code;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(code) ? 'rtl' : 'ltr';
  if (keep) remember(STORED, code);
}

/** Whether there is a sentence with a key. */
export function has(key) {
  return key in sentences || key in fallback;
}

/**
 * The sentence of a key; {name} becomes the value of that name. A sentence with forms, such as {"one": …, "other": …}, takes the form
 * of the value "n".
 */
export function t(key, values = {}) {
  let text = sentences[key] ?? fallback[key] ?? key;
  if (typeof text === 'object') text = text[plural.select(values.n)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}

/** What this browser keeps under a name; null without, or where the browser keeps nothing. */
export function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Keeps a text in this browser, where that is allowed. */
export function remember(name, text) {
  try {
    localStorage.setItem(name, text);
  } catch {
    // A browser without storage asks again the next time.
  }
}

/** Removes a text from this browser. */
export function forget(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // A browser without storage has kept nothing.
  }
}
