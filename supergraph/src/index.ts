export { type Connection, type GatewayRequest } from './connection/connection.js';
export { type Gateway, type GatewayConfig, type GatewayOptions, startGateway } from './gateway.js';
export {
  type Credentials,
  type Identified,
  type Identity,
  type IdentityOptions,
  openIdentity,
} from './guard/identity.js';
