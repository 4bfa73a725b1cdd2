/** The selected customers as a file. */
import { DownloadOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { exportAddress } from "@/api/commands";
import type { CustomerFilter, ExportFormat } from "@/api/types";
import { useWords } from "@/i18n";

const FORMATS = ["csv", "xlsx", "parquet"] satisfies ExportFormat[];

export function ExportButton({ filter, total }: { filter: CustomerFilter; total: number }) {
  const { t } = useWords();
  const items = FORMATS.map((format) => ({
    key: format,
    label: (
      <a href={exportAddress(filter, format)} download>
        {t(`customers.export.${format}`)}
      </a>
    ),
  }));
  return (
    <Dropdown menu={{ items }} trigger={["click"]} disabled={total === 0} placement="bottomRight">
      <Button icon={<DownloadOutlined />}>{t("customers.export.title")}</Button>
    </Dropdown>
  );
}
