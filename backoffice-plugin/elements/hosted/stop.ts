import '../stop.element.ts';
import { host } from './host.ts';

host('penumbra-stop');
