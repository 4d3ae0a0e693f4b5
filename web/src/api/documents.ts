/*
 * Every GraphQL document of the page, each a constant text, so that a gateway can be told to accept these and no others.
 * `test/documents.test.ts` checks them against the supergraph; `types.ts` has the types of their answers.
 */

const turnFields = /* GraphQL */ `
  fragment TurnFields on Turn {
    id
    status
    failure {
      message
      retryable
    }
  }
`;

const proposalFields = /* GraphQL */ `
  fragment ProposalFields on ActionProposal {
    id
    title
    status
    expiresAt
    lines {
      label
      value
    }
  }
`;

const messageFields = /* GraphQL */ `
  fragment MessageFields on Message {
    id
    clientKey
    status
    createdAt
    author {
      kind
      displayName
    }
    turn {
      ...TurnFields
    }
    parts {
      __typename
      id
      index
      agent
      ... on TextPart {
        text
        citations {
          number
          title
        }
      }
      ... on ActionPart {
        proposal {
          ...ProposalFields
        }
      }
      ... on OrderPart {
        order {
          id
          number
          status
          total {
            amount
            currency
          }
          items {
            id
            name
            options {
              name
              value
            }
            price {
              amount
              currency
            }
          }
        }
      }
    }
  }
  ${turnFields}
  ${proposalFields}
`;

const handoffFields = /* GraphQL */ `
  fragment HandoffFields on Handoff {
    id
    status
    queuePosition
  }
`;

/** What the page shows of the shop. */
export const readShop = /* GraphQL */ `
  query ReadShop {
    shop {
      name
      linkHosts
    }
  }
`;

/** Opens a conversation. */
export const startSession = /* GraphQL */ `
  mutation StartSession($input: StartSessionInput!) {
    startSession(input: $input) {
      accessToken
      session {
        id
      }
      userErrors {
        code
        message
      }
    }
  }
`;

/** A conversation as it stands, with the position from which its events are to be followed. */
export const readSession = /* GraphQL */ `
  query ReadSession($id: ID!) {
    session(id: $id) {
      id
      status
      streamCursor
      activeTurn {
        ...TurnFields
      }
      handoff {
        ...HandoffFields
      }
      messages(last: 30) {
        nodes {
          ...MessageFields
        }
        pageInfo {
          hasPreviousPage
          startCursor
        }
      }
    }
  }
  ${messageFields}
  ${handoffFields}
`;

/** The place in the queue: it changes with what others do, of which no event tells. */
export const readHandoff = /* GraphQL */ `
  query ReadHandoff($id: ID!) {
    session(id: $id) {
      handoff {
        ...HandoffFields
      }
    }
  }
  ${handoffFields}
`;

/** What was said before what is shown. */
export const readEarlierMessages = /* GraphQL */ `
  query ReadEarlierMessages($id: ID!, $before: String!) {
    session(id: $id) {
      messages(last: 30, before: $before) {
        nodes {
          ...MessageFields
        }
        pageInfo {
          hasPreviousPage
          startCursor
        }
      }
    }
  }
  ${messageFields}
`;

/** Says something. */
export const sendMessage = /* GraphQL */ `
  mutation SendMessage($input: SendMessageInput!) {
    sendMessage(input: $input) {
      message {
        ...MessageFields
      }
      userErrors {
        code
        message
      }
    }
  }
  ${messageFields}
`;

/** Stops a reply. */
export const cancelTurn = /* GraphQL */ `
  mutation CancelTurn($input: CancelTurnInput!) {
    cancelTurn(input: $input) {
      turn {
        id
        status
      }
      userErrors {
        code
        message
      }
    }
  }
`;

/** Agrees to what an agent proposed. */
export const confirmAction = /* GraphQL */ `
  mutation ConfirmAction($input: ConfirmActionInput!) {
    decision: confirmAction(input: $input) {
      proposal {
        ...ProposalFields
      }
      turn {
        ...TurnFields
      }
      userErrors {
        code
        message
      }
    }
  }
  ${proposalFields}
  ${turnFields}
`;

/** Declines it. */
export const declineAction = /* GraphQL */ `
  mutation DeclineAction($input: DeclineActionInput!) {
    decision: declineAction(input: $input) {
      proposal {
        ...ProposalFields
      }
      turn {
        ...TurnFields
      }
      userErrors {
        code
        message
      }
    }
  }
  ${proposalFields}
  ${turnFields}
`;

/** Everything that happens in a conversation from a position on. */
export const followSession = /* GraphQL */ `
  subscription FollowSession($sessionId: ID!, $after: String) {
    sessionEvents(sessionId: $sessionId, after: $after) {
      __typename
      cursor
      seq
      ... on TurnStarted {
        turnId
      }
      ... on TurnRouted {
        turnId
        routes {
          agent
        }
      }
      ... on PartStarted {
        turnId
        messageId
        partId
        index
        agent
      }
      ... on TextDelta {
        turnId
        firstSeq
        partId
        offset
        text
      }
      ... on ToolCallUpdated {
        turnId
        toolCall {
          id
          label
          agent
          status
        }
      }
      ... on ActionUpdated {
        proposal {
          ...ProposalFields
        }
      }
      ... on PartCompleted {
        turnId
        wholeText: text
        message {
          ...MessageFields
        }
      }
      ... on PartRemoved {
        turnId
        partId
      }
      ... on TurnFinished {
        turnId
        turn {
          ...TurnFields
          reply {
            ...MessageFields
          }
        }
      }
      ... on MessageAdded {
        message {
          ...MessageFields
        }
      }
      ... on SessionUpdated {
        session {
          id
          status
        }
      }
      ... on HandoffUpdated {
        handoff {
          ...HandoffFields
        }
      }
    }
  }
  ${messageFields}
  ${handoffFields}
`;
