import '../join.element.ts';
import { host } from './host.ts';

host('penumbra-join');
