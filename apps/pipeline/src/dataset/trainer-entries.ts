/** Names of the sides that exist, with the names of their files. */
type SideFiles = Readonly<Record<string, string>>;

/** `dataset_info.json`: LLaMA-Factory finds the rows by it when the data folder is its `dataset_dir`. */
export function llamaFactoryEntry(files: SideFiles): object {
  const tags = {
    role_tag: 'role',
    content_tag: 'content',
    user_tag: 'user',
    assistant_tag: 'assistant',
    system_tag: 'system',
  };
  return Object.fromEntries(
    Object.entries(files).map(([side, file]) => [
      `arae_floorplan_${side}`,
      { file_name: file, formatting: 'sharegpt', columns: { messages: 'messages' }, tags },
    ]),
  );
}

/** `axolotl.yaml`: the lines of an Axolotl configuration that name the rows; model and LoRA settings are added to them. */
export function axolotlEntry(files: SideFiles, maxSeqLength: number): string {
  const entry = (file: string, indent: string) =>
    [
      `- path: ${file}`,
      '  ds_type: json',
      '  split: train',
      '  type: chat_template',
      '  field_messages: messages',
      '  message_property_mappings:',
      '    role: role',
      '    content: content',
      '  roles_to_train: [assistant]',
      '  train_on_eos: turn',
    ]
      .map((line) => `${indent}${line}`)
      .join('\n');
  return [
    "# Paths are relative to this folder. The template must put the empty think block before an answer, as Qwen3's own does.",
    `sequence_len: ${maxSeqLength}`,
    'chat_template: tokenizer_default',
    'train_on_inputs: false',
    'datasets:',
    entry(files['train'] ?? 'train.jsonl', '  '),
    ...(files['val'] === undefined ? [] : ['test_datasets:', entry(files['val'], '  ')]),
    '',
  ].join('\n');
}
