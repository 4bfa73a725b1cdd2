/** Data: import in three steps on one page, the imports so far, what is held, and its health. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { workspaceQuery } from "@/api/queries";
import type { Guess } from "@/api/types";
import { useWords } from "@/i18n";
import { PageHead } from "@/ui/PageHead";
import { Panel } from "@/ui/Panel";
import { useGo } from "@/ui/PathLink";
import { Can } from "@/ui/permissions";
import { SampleOffer } from "@/ui/SampleOffer";
import { CheckColumns } from "./CheckColumns";
import { DropFile } from "./DropFile";
import { EventsPanel } from "./EventsPanel";
import { HealthPanel } from "./HealthPanel";
import { ImportList } from "./ImportList";
import { RunPanel } from "./RunPanel";
import { Steps } from "./Steps";
import { TablesPanel } from "./TablesPanel";

export default function DataPage() {
  const { t } = useWords();
  const go = useGo();
  const { data: workspace } = useQuery(workspaceQuery);
  const [guess, setGuess] = useState<Guess | null>(null);
  const [run, setRun] = useState<string | null>(null);
  const startOver = () => {
    setGuess(null);
    setRun(null);
  };
  const empty = workspace?.tables.every((table) => table.rows === 0);
  const step = run ? 2 : guess ? 1 : 0;
  return (
    <>
      <PageHead title={t("shell.room.data")} dated={false} note={workspace?.name} />
      <div className="stack">
        <Can permission="data.load">
          <Panel title={t("data.import.title")} extra={<Steps at={step} />}>
            {step === 0 && <DropFile onGuess={setGuess} />}
            {step === 0 && empty && <SampleOffer onStarted={setRun} />}
            {step === 1 && guess && <CheckColumns guess={guess} onGuess={setGuess} onStarted={setRun} onCancel={startOver} />}
            {run && <RunPanel id={run} onAgain={startOver} onSee={go} />}
          </Panel>
        </Can>
        <Can permission="data.read">
          <ImportList />
        </Can>
        {workspace && <TablesPanel workspace={workspace} />}
        {workspace?.tables.some((table) => table.name === "events" && table.rows > 0) && <EventsPanel />}
        <HealthPanel />
      </div>
    </>
  );
}
