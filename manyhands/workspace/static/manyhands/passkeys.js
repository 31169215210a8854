// Passkeys: the browser asks somebody's device, and puts what it says into the form.
//   data-passkey="add"    makes a new one, as `data-options` says
//   data-passkey="show"   shows one that there is; `data-options`, or where to ask for them: `data-options-from`
const able = Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const wrong = form.querySelector("[data-wrong]");
  form.querySelector("[data-able]").hidden = !able;
  form.querySelector("[data-not-able]").hidden = able;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    wrong.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await said(form.dataset));
    } catch {
      wrong.hidden = false; // cancelled, or the device has none
      return;
    }
    form.submit();
  });
}

async function said({ passkey, options, optionsFrom }) {
  const asked = options ? JSON.parse(options) : (await (await fetch(optionsFrom, { headers: { Accept: "application/json" } })).json()).request_options;
  if (passkey === "add") {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked.publicKey) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked.publicKey) });
}
