import '../interaction.element.ts';
import { host } from './host.ts';

host('penumbra-interaction');
