import { defineModule } from '../../core/define.ts';
import { markReadHandler } from './commands/read.ts';
import { revertRuleHandler, updateRuleHandler } from './commands/rules.ts';
import { tellHandler } from './commands/tell.ts';
import { notificationRaised } from './contract.ts';
import {
  listNotificationsHandler,
  listRulesHandler,
  previewRuleHandler,
  ruleByKeyHandler,
} from './queries/notifications.ts';
import { subscribers } from './subscribers.ts';

export const notifications = defineModule({
  name: 'notifications',
  summary: 'Who is told what, when and in which words',
  handlers: [
    listNotificationsHandler,
    markReadHandler,
    tellHandler,
    listRulesHandler,
    updateRuleHandler,
    revertRuleHandler,
    previewRuleHandler,
    ruleByKeyHandler,
  ],
  events: [notificationRaised],
  subscribers,
});
