import '../../administration/administration.element.ts';
import { loadAdministrationLanguage } from '../../localization/localize-administration.ts';
import { host } from './host.ts';

host('penumbra-administration', loadAdministrationLanguage);
