/** The console starts here. */
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@/ui/base.css";
import { startWords } from "@/i18n";
import { paintFirst } from "@/ui/look";
import { Providers } from "./Providers";
import { router } from "./router";

startWords();
paintFirst();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  );
}
