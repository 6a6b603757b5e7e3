import '../reset.element.ts';
import { host } from './host.ts';

host('penumbra-reset');
