/** Text into the clipboard. Browsers give it to pages over HTTPS and of this machine alone; elsewhere it is copied by selection. */
export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text);
  const carrier = document.createElement("textarea");
  carrier.value = text;
  carrier.setAttribute("readonly", "");
  carrier.style.position = "fixed";
  carrier.style.opacity = "0";
  // Inside an open dialog, which keeps the focus to itself.
  (document.activeElement?.closest("[role=dialog]") ?? document.body).append(carrier);
  carrier.select();
  document.execCommand("copy");
  carrier.remove();
}
