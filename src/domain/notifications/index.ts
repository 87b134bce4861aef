import { defineModule } from '../../core/define.ts';
import {
  forgetBrowserHandler,
  myBrowsersHandler,
  subscribeHandler,
  tryOutHandler,
  unsubscribeHandler,
} from './commands/browsers.ts';
import { setMyNoticesHandler } from './commands/mine.ts';
import { setPolicyHandler } from './commands/policy.ts';
import { markReadHandler } from './commands/read.ts';
import { releaseNoticesHandler } from './commands/release.ts';
import { retryDeliveryHandler } from './commands/retry.ts';
import { revertRuleHandler, updateRuleHandler } from './commands/rules.ts';
import { tellHandler } from './commands/tell.ts';
import { notificationRaised, ruleChanged } from './contract.ts';
import { listDeliveriesHandler, noticeSentHandler } from './queries/deliveries.ts';
import { listNotificationsHandler } from './queries/notifications.ts';
import { previewRuleHandler } from './queries/preview.ts';
import { listRulesHandler, ruleByKeyHandler } from './queries/rules.ts';
import { myNoticesHandler, noticePolicyHandler } from './queries/settings.ts';
import { subscribers } from './subscribers.ts';

export const notifications = defineModule({
  name: 'notifications',
  summary: 'Who is told what, when and in which words',
  handlers: [
    listNotificationsHandler,
    markReadHandler,
    tellHandler,
    releaseNoticesHandler,
    listRulesHandler,
    updateRuleHandler,
    revertRuleHandler,
    previewRuleHandler,
    ruleByKeyHandler,
    noticePolicyHandler,
    setPolicyHandler,
    myNoticesHandler,
    setMyNoticesHandler,
    listDeliveriesHandler,
    noticeSentHandler,
    retryDeliveryHandler,
    myBrowsersHandler,
    subscribeHandler,
    unsubscribeHandler,
    forgetBrowserHandler,
    tryOutHandler,
  ],
  events: [notificationRaised, ruleChanged],
  subscribers,
});
