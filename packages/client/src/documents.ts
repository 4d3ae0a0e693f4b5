/*
 * Every GraphQL document of this client. `npm run client:events` makes the types of the events from these and the schema:
 * a fragment `ThingFields` becomes the type `Thing`.
 */

const messageFields = /* GraphQL */ `
  fragment ProposalFields on ActionProposal {
    id
    kind
    title
    status
    expiresAt
    lines {
      label
      value
    }
  }
  fragment MessageFields on Message {
    id
    clientKey
    status
    createdAt
    text
    author {
      kind
      displayName
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
        }
      }
    }
  }
`;

const turnEventFields = /* GraphQL */ `
  fragment TurnEventFields on SessionEvent {
    __typename
    cursor
    seq
    occurredAt
    ... on TurnEvent {
      turnId
    }
    ... on TurnRouted {
      routes {
        agent
        excerpt
      }
    }
    ... on PartStarted {
      messageId
      partId
      index
      agent
    }
    ... on TextDelta {
      firstSeq
      partId
      offset
      text
    }
    ... on ToolCallUpdated {
      toolCall {
        id
        label
        agent
        status
      }
    }
    ... on PartCompleted {
      wholeText: text
      message {
        id
      }
    }
    ... on PartRemoved {
      partId
    }
    ... on TurnFinished {
      turn {
        id
        status
        failure {
          message
          retryable
        }
        reply {
          ...MessageFields
        }
      }
    }
  }
  ${messageFields}
`;

/** One reply being written. */
export const followTurn = /* GraphQL */ `
  subscription FollowTurn($turnId: ID!, $after: String) {
    turnEvents(turnId: $turnId, after: $after) {
      ...TurnEventFields
    }
  }
  ${turnEventFields}
`;

/** Everything that happens in a session. */
export const followSession = /* GraphQL */ `
  subscription FollowSession($sessionId: ID!, $after: String) {
    sessionEvents(sessionId: $sessionId, after: $after) {
      ...TurnEventFields
      ... on MessageAdded {
        message {
          ...MessageFields
        }
      }
      ... on ActionUpdated {
        proposal {
          ...ProposalFields
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
          id
          status
          queuePosition
        }
      }
      ... on TypingChanged {
        author {
          kind
          displayName
        }
        isTyping
      }
      ... on StreamReset {
        session {
          id
          status
        }
      }
    }
  }
  ${turnEventFields}
`;

/** Opens a session. */
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
        field
      }
    }
  }
`;

/** Says something. */
export const sendMessage = /* GraphQL */ `
  mutation SendMessage($input: SendMessageInput!) {
    sendMessage(input: $input) {
      message {
        id
      }
      turn {
        id
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`;
