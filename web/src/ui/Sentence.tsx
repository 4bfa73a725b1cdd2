/** A sentence that marks its strong words with **two stars**. */
export function Sentence({ text }: { text: string }) {
  return (
    <>
      {text.split("**").map((part, at) =>
        at % 2 ? <strong key={`${at}${part}`}>{part}</strong> : <span key={`${at}${part}`}>{part}</span>,
      )}
    </>
  );
}
