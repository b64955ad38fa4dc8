// Passkeys: asks the browser to make or to show one, and sends what it says in the form that stands there anyway.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const described = (known = []) => known.map((one) => ({ ...one, id: bytes(one.id) }));

const asked = (question) => ({
  ...question,
  challenge: bytes(question.challenge),
  ...(question.user && { user: { ...question.user, id: bytes(question.user.id) } }),
  ...(question.excludeCredentials && { excludeCredentials: described(question.excludeCredentials) }),
  ...(question.allowCredentials && { allowCredentials: described(question.allowCredentials) }),
});

const said = (credential) => {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const there = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: {},
    response: Object.fromEntries(there),
  };
};

const ask = async (form) => {
  const answer = await fetch(form.dataset.question, { method: "POST", body: new FormData(form) });
  if (answer.redirected) {
    location.assign(answer.url);
    return;
  }
  if (!answer.ok) throw new Error(String(answer.status));
  const publicKey = asked(await answer.json());
  const make = form.dataset.passkey === "make";
  const credential = await (make ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
  form.elements.answer.value = JSON.stringify(said(credential));
  form.submit();
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const trouble = form.querySelector("[data-trouble]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    trouble.hidden = true;
    ask(form).catch(() => {
      trouble.hidden = false;
    });
  });
  form.hidden = !window.PublicKeyCredential;
}
for (const words of document.querySelectorAll("[data-without-passkeys]")) words.hidden = Boolean(window.PublicKeyCredential);
