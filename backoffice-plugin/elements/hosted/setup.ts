import '../setup.element.ts';
import { host } from './host.ts';

host('penumbra-setup');
