/** Keyboard shortcuts: g then a letter goes to a room, / or ⌘K searches, ? shows the keys. */
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { openSearch, showKeys } from "@/ui/signals";
import { ROOMS } from "./rooms";

function typing(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  return target?.closest("input, textarea, select, [contenteditable], [role=combobox], [role=dialog]") !== null;
}

export function useKeys(): void {
  const navigate = useNavigate();
  useEffect(() => {
    let goingUntil = 0;
    const press = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        return openSearch();
      }
      if (typing(event) || event.metaKey || event.ctrlKey || event.altKey) return;
      if (Date.now() < goingUntil) {
        goingUntil = 0;
        const room = ROOMS.find(({ letter }) => letter === event.key);
        if (room) {
          event.preventDefault();
          void navigate({ to: room.path });
        }
        return;
      }
      if (event.key === "g") goingUntil = Date.now() + 1500;
      if (event.key === "?") showKeys();
      if (event.key === "/") {
        event.preventDefault();
        openSearch();
      }
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [navigate]);
}
