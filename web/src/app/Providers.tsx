/** What surrounds every page: cache, look, language, who is signed in, and the workspace's currency and zone. */
import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import enGB from "antd/locale/en_GB";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/en-gb";
import "dayjs/locale/zh-cn";
import { useEffect, useLayoutEffect, useMemo, type ReactNode } from "react";
import { workspaceQuery } from "@/api/queries";
import { useWords } from "@/i18n";
import { Explanations } from "@/ui/Explanations";
import { LookProvider, useLook } from "@/ui/look";
import { antdTheme, FONTS } from "@/ui/tokens";
import { LocalProvider } from "@/ui/useFormat";
import { Gate } from "./Gate";
import { queries } from "./queries";

/** Whoever asks for less motion gets none from menus and dialogs. */
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

function Themed({ children }: { children: ReactNode }) {
  const { look } = useLook();
  const { language } = useWords();
  const theme = useMemo(() => antdTheme(look, !STILL), [look]);
  useLayoutEffect(() => document.documentElement.style.setProperty("--font", FONTS[language]), [language]);
  useEffect(() => void dayjs.locale(language === "zh" ? "zh-cn" : "en-gb"), [language]);
  return (
    <ConfigProvider
      theme={theme}
      locale={language === "zh" ? zhCN : enGB}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <App component={false}>{children}</App>
    </ConfigProvider>
  );
}

function Local({ children }: { children: ReactNode }) {
  const { data } = useQuery(workspaceQuery);
  return (
    <LocalProvider currency={data?.currency ?? "CNY"} timezone={data?.timezone ?? "UTC"}>
      {children}
    </LocalProvider>
  );
}

export function Providers({ children }: { children: ReactNode }) {
  return (
    <QueryClientProvider client={queries}>
      <LookProvider>
        <Themed>
          <Gate>
            <Local>{children}</Local>
          </Gate>
          <Explanations />
        </Themed>
      </LookProvider>
    </QueryClientProvider>
  );
}
