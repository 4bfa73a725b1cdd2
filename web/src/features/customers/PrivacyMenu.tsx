/** What a customer may ask for: all that is kept of them, handed out; or to be erased, for good. */
import { MoreOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { everythingOf } from "@/api/privacy";
import { download } from "@/charts/save";
import { useWords } from "@/i18n";
import { useUndo } from "@/ui/useUndo";
import { EraseModal } from "./EraseModal";
import { fileOf } from "./handedOut";

export function PrivacyMenu({ customerId }: { customerId: string }) {
  const { t } = useWords();
  const { told, refused } = useUndo();
  const [erasing, setErasing] = useState(false);
  const hand = useMutation({
    mutationFn: () => everythingOf(customerId),
    onSuccess: (everything) => {
      const { name, text } = fileOf(everything);
      download(new Blob([text], { type: "application/json" }), name);
      told(t("customers.privacy.handed", { file: name }));
    },
    onError: refused,
  });
  const items = [
    { key: "everything", label: t("customers.privacy.everything"), onClick: () => hand.mutate() },
    { key: "erase", label: t("customers.privacy.erase"), danger: true, onClick: () => setErasing(true) },
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
        <Button icon={<MoreOutlined />} loading={hand.isPending} aria-haspopup="menu" aria-label={t("customers.privacy.menu")} title={t("customers.privacy.menu")} />
      </Dropdown>
      {erasing && <EraseModal customerId={customerId} onClose={() => setErasing(false)} />}
    </>
  );
}
