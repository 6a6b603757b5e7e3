import '../not-me.element.ts';
import { host } from './host.ts';

host('penumbra-not-me');
