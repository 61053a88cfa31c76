/** The way back that stands under messages with no next step of their own. */
import { tap, type Button } from "../../src/conversation/message";

export const menuButton: Button = tap("Menu", "menu.open");
