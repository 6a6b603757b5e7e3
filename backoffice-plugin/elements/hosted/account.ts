import '../../profile/account.element.ts';
import { host } from './host.ts';

host('penumbra-account');
