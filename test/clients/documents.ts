export const startSession = /* GraphQL */ `
  mutation StartSession($input: StartSessionInput!) {
    startSession(input: $input) {
      accessToken
      session {
        id
      }
    }
  }
`;

export const sendMessage = /* GraphQL */ `
  mutation SendMessage($input: SendMessageInput!) {
    sendMessage(input: $input) {
      turn {
        id
      }
      userErrors {
        code
        message
      }
    }
  }
`;

export const readReply = /* GraphQL */ `
  query ReadReply($turnId: ID!) {
    turn(id: $turnId) {
      id
      status
      reply {
        id
        text
      }
    }
  }
`;

export const followTurn = /* GraphQL */ `
  subscription FollowTurn($turnId: ID!, $after: String) {
    turnEvents(turnId: $turnId, after: $after) {
      __typename
      cursor
      seq
      ... on TextDelta {
        partId
        offset
        text
      }
      ... on PartRemoved {
        partId
      }
    }
  }
`;
