/** One's own keys for programs. */
import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { keysQuery } from "@/api/people";
import { useWords } from "@/i18n";
import { KeyTable } from "@/ui/KeyTable";
import { Panel } from "@/ui/Panel";
import { Waiting, Wrong } from "@/ui/states";
import { NewKeyModal } from "./NewKeyModal";

export function KeysPanel() {
  const { t } = useWords();
  const [making, setMaking] = useState(false);
  const { data, error, refetch } = useQuery(keysQuery(false));
  return (
    <Panel
      title={t("people.keys.title")}
      note={t("people.keys.note")}
      extra={
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => setMaking(true)}>
          {t("people.keys.new")}
        </Button>
      }
    >
      {error && <Wrong error={error} onRetry={() => void refetch()} compact />}
      {!data && !error && <Waiting lines={3} />}
      {data && <KeyTable keys={data} />}
      {making && <NewKeyModal onClose={() => setMaking(false)} />}
    </Panel>
  );
}
