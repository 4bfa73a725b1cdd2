/** All rows of a list as a file. */
import { DownloadOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import type { ExportFormat } from "@/api/types";
import { useWords } from "@/i18n";

const FORMATS = ["csv", "xlsx", "parquet"] satisfies ExportFormat[];

export function ExportButton({ address, total }: { address: (format: ExportFormat) => string; total: number }) {
  const { t } = useWords();
  const items = FORMATS.map((format) => ({
    key: format,
    label: (
      <a href={address(format)} download>
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
