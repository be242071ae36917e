// Sign in with an admin key.

import { html, useState } from '/web/shared/preact.js';
import { signIn } from '/web/shared/api.js';
import { t } from '/web/shared/messages.js';
import { Button, Icon, LanguageChoice, Note, TextField, useAction, words } from '/web/shared/parts.js';

export default function SignIn({ onReady, onLanguage }) {
  const [key, setKey] = useState('');
  const [enter, busy, problem] = useAction(async () => {
    await signIn(key.trim());
    await onReady();
  });
  const submit = (event) => {
    event.preventDefault();
    if (key.trim()) enter();
  };
  const text = problem && (problem.status === 401 || problem.status === 403 ? t(`signin.refused.${problem.status}`) : words(problem));
  return html`<main class="gate"><div class="gate__card">
    <div class="row row--apart"><div class="brand"><i><${Icon} name="check" /></i><span>Rollcall</span></div><${LanguageChoice} onChanged=${onLanguage} /></div>
    <div class="stack stack--s"><h1>${t('signin.title')}</h1><p class="muted">${t('signin.text')}</p></div>
    <form class="stack" onSubmit=${submit}>
      <input type="text" name="username" value="admin" autocomplete="username" hidden />
      <${TextField} label=${t('signin.key')} hint=${t('signin.hint')} type="password" name="password" autocomplete="current-password" spellcheck=${false} value=${key} onValue=${setKey} autofocus />
      ${text && html`<${Note} kind="bad" icon="circle-alert">${text}<//>`}
      <${Button} kind="primary big" type="submit" busy=${busy}>${t('signin.do')}<//>
    </form></div></main>`;
}
