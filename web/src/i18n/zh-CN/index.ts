/** All words of this language, a file per room. */
import audiences from "./audiences.json";
import charts from "./charts.json";
import customers from "./customers.json";
import data from "./data.json";
import definitions from "./definitions.json";
import layerings from "./layerings.json";
import overview from "./overview.json";
import people from "./people.json";
import rules from "./rules.json";
import settings from "./settings.json";
import shell from "./shell.json";

export default { audiences, charts, customers, data, definitions, layerings, overview, people, rules, settings, shell };
