import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  print,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import type { Plugin } from 'vite';

const schemaFile = fileURLToPath(new URL('../supergraph/schema.graphql', import.meta.url));

/** Puts the reference of the schema into its page, which needs no script to be read. */
export function writeReference(): Plugin {
  return {
    name: 'schema-reference',
    transformIndexHtml: {
      order: 'pre',
      async handler(html, { filename }) {
        if (!filename.endsWith('/reference.html')) return html;
        const { index, types } = referenceOf(await readFile(schemaFile, 'utf8'));
        // Functions, since a text may hold a `$`.
        return html.replace('<!-- index -->', () => index).replace('<!-- types -->', () => types);
      },
    },
  };
}

/** The parts of the page, in this order: what can be asked first, then what is in the answers. */
const groups: readonly { title: string; id: string; has(type: TypeDefinitionNode): boolean }[] = [
  { title: 'Queries', id: 'queries', has: ({ name }) => name.value === 'Query' },
  { title: 'Mutations', id: 'mutations', has: ({ name }) => name.value === 'Mutation' },
  { title: 'Subscriptions', id: 'subscriptions', has: ({ name }) => name.value === 'Subscription' },
  { title: 'Objects', id: 'objects', has: ({ kind }) => kind === Kind.OBJECT_TYPE_DEFINITION },
  { title: 'Interfaces', id: 'interfaces', has: ({ kind }) => kind === Kind.INTERFACE_TYPE_DEFINITION },
  { title: 'Unions', id: 'unions', has: ({ kind }) => kind === Kind.UNION_TYPE_DEFINITION },
  { title: 'Enums', id: 'enums', has: ({ kind }) => kind === Kind.ENUM_TYPE_DEFINITION },
  { title: 'Inputs', id: 'inputs', has: ({ kind }) => kind === Kind.INPUT_OBJECT_TYPE_DEFINITION },
  { title: 'Scalars', id: 'scalars', has: ({ kind }) => kind === Kind.SCALAR_TYPE_DEFINITION },
];

/** The reference of a composed schema, as HTML. */
export function referenceOf(supergraphSdl: string): { index: string; types: string } {
  const types = parse(supergraphSdl)
    .definitions.filter((definition) => 'name' in definition && /TypeDefinition$/.test(definition.kind))
    // Filtered just now.
    .map((definition) => definition as TypeDefinitionNode)
    .filter((type) => !/^(join|link|core)__/.test(type.name.value) && isPublic(type))
    .sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
  const taken = new Set<TypeDefinitionNode>();
  const filled = groups.map(({ title, id, has }) => {
    const members = types.filter((type) => !taken.has(type) && has(type));
    for (const member of members) taken.add(member);
    return { title, id, members };
  });
  return {
    index: filled.map(({ title, id }) => `<li><a href="#${id}">${title}</a></li>`).join('\n'),
    types: filled
      .map(
        ({ title, id, members }) =>
          `<section class="group" aria-labelledby="${id}">\n<h2 id="${id}">${title}</h2>\n${members.map(typeHtml).join('\n')}\n</section>`,
      )
      .join('\n'),
  };
}

function typeHtml(type: TypeDefinitionNode): string {
  const name = type.name.value;
  const isRoot = ['Query', 'Mutation', 'Subscription'].includes(name);
  const implemented = 'interfaces' in type ? (type.interfaces ?? []) : [];
  const heading = `<h3 id="${name}"><a href="#${name}">${name}</a>${badges(type.directives)}</h3>`;
  const also = implemented.length ? `<p class="also">Implements ${implemented.map(typeLink).join(', ')}.</p>` : '';
  const entries = entriesOf(type);
  const list = entries.length ? `<dl>\n${entries.join('\n')}\n</dl>` : '';
  return `<article class="type">\n${isRoot ? '' : heading}${prose(type)}${also}${list}\n</article>`;
}

function entriesOf(type: TypeDefinitionNode): string[] {
  const owner = type.name.value;
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return [...(type.fields ?? [])].filter(isPublic).map((field) => fieldHtml(owner, field));
    case Kind.ENUM_TYPE_DEFINITION:
      return (type.values ?? [])
        .filter(isPublic)
        .map((value) =>
          entryHtml(`${owner}.${value.name.value}`, value.name.value, '', badges(value.directives), prose(value)),
        );
    case Kind.UNION_TYPE_DEFINITION:
      return (type.types ?? []).map((member) => `<dt>${typeLink(member)}</dt>`);
    case Kind.SCALAR_TYPE_DEFINITION:
      return [];
  }
}

function fieldHtml(owner: string, field: FieldDefinitionNode | InputValueDefinitionNode): string {
  const name = field.name.value;
  const args = 'arguments' in field ? (field.arguments ?? []) : [];
  const list = args.length ? `<ul class="arguments">${args.map(argumentHtml).join('')}</ul>` : '';
  const type = `<span class="of">${typeLink(field.type)}${defaultHtml(field)}</span>`;
  return entryHtml(`${owner}.${name}`, name, type, badges(field.directives), prose(field) + list);
}

function argumentHtml(argument: InputValueDefinitionNode): string {
  const signature = `<code>${argument.name.value}</code> <span class="of">${typeLink(argument.type)}${defaultHtml(argument)}</span>`;
  return `<li>${signature}${badges(argument.directives)}${prose(argument)}</li>`;
}

function entryHtml(id: string, name: string, type: string, marks: string, body: string): string {
  return `<div class="entry" id="${id}"><dt><a href="#${id}"><code>${name}</code></a> ${type}${marks}</dt><dd>${body}</dd></div>`;
}

/** A type with a link to what it is made of; what the language itself has, such as `Int`, has none. */
function typeLink(type: TypeNode): string {
  if (type.kind === Kind.NON_NULL_TYPE) return `${typeLink(type.type)}!`;
  if (type.kind === Kind.LIST_TYPE) return `[${typeLink(type.type)}]`;
  const name = type.name.value;
  return ['Boolean', 'Float', 'ID', 'Int', 'String'].includes(name) ? name : `<a href="#${name}">${name}</a>`;
}

function defaultHtml(node: FieldDefinitionNode | InputValueDefinitionNode): string {
  return 'defaultValue' in node && node.defaultValue ? ` = ${escape(print(node.defaultValue))}` : '';
}

interface Described {
  description?: { value: string };
  directives?: readonly ConstDirectiveNode[];
}

function prose({ description, directives }: Described): string {
  const paragraphs = [description?.value, deprecation(directives)].filter((text) => text !== undefined);
  // The descriptions are Markdown of which they use nothing but code.
  return paragraphs.map((text) => `<p>${escape(text).replace(/`([^`]+)`/g, '<code>$1</code>')}</p>`).join('');
}

function deprecation(directives: readonly ConstDirectiveNode[] = []): string | undefined {
  const reason = directives.find(({ name }) => name.value === 'deprecated')?.arguments?.[0]?.value;
  return reason?.kind === Kind.STRING ? `Deprecated: ${reason.value}` : undefined;
}

/** For whom it is, where it is not for everybody. */
function badges(directives: readonly ConstDirectiveNode[] = []): string {
  return directives
    .filter(({ name }) => name.value === 'tag')
    .map(({ arguments: given }) => given?.[0]?.value)
    .map((value) => (value?.kind === Kind.STRING ? ` <span class="badge">${escape(value.value)}</span>` : ''))
    .join('');
}

const isPublic = ({ directives }: Described) => !directives?.some(({ name }) => name.value === 'inaccessible');

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
