/** The bundled conversations, put together for the router. Earlier flows win where words could mean two things. */
import type { House } from "../src/conversation/house";
import { ask } from "./ask/flow";
import { card } from "./card/flow";
import { deputy } from "./deputy/flow";
import { clarify } from "./clarify/flow";
import { difficulty } from "./difficulty/flow";
import { extension } from "./extension/flow";
import { link } from "./link/flow";
import { menu } from "./menu/flow";
import { menuButton } from "./menu/menu-button.vi";
import { myData } from "./my-data/flow";
import { phone } from "./phone/flow";
import { tellers } from "./notices/tellers";
import { routerWording } from "./router.vi";
import { staff } from "./staff/flow";
import { officeGroup } from "./office-group/commands";
import { stopMessages } from "./stop-messages/flow";
import { weeklyReport } from "./weekly-report/flow";
import { withdrawConsent } from "./withdraw-consent/flow";
import { welcome } from "./welcome/flow";

export const house: House = {
  flows: [
    welcome,
    menu,
    weeklyReport,
    link,
    ask,
    difficulty,
    extension,
    deputy,
    stopMessages,
    myData,
    withdrawConsent,
    card,
    phone,
    staff,
    clarify,
  ],
  tellers,
  wording: routerWording,
  welcome: welcome.id,
  menu: menu.id,
  ask: ask.id,
  files: weeklyReport.id,
  phone: phone.id,
  inGroup: officeGroup,
  menuButtons: [menuButton],
};
