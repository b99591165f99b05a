// The one place where a script of ours makes a document of HTML: it is read for its text and its elements are made
// anew, never put into the page. The pages' policy lets no other script do it, so markup cannot come in by accident.
const policy = window.trustedTypes?.createPolicy("parsed", { createHTML: (html) => html });

export const parsed = (html) => new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
