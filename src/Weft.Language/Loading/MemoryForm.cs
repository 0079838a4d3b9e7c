using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;
using static Weft.Language.Shapes.Of;

namespace Weft.Language.Loading;

/// <summary>Tasks that read or change a memory.</summary>
internal static class MemoryForm
{
    public static readonly TaskForm Form = new("memory", Keys, Bind);

    private static IEnumerable<Key> Keys() =>
    [
        Needed("operation", Word("read", "write", "append", "delete", "flush", "health", "clear", "stats"), "What is done."),
        Needed("memory_ref", Text, "The memory's id."),
        Needed("key_template", Template, "Template of the key.").Or("key"),
        Key("payload", Data, "What is written: `{role, content}`, a list of those, or a text."),
        Key("batch_size", Whole(0, 10_000), "How many messages are worked on at once.")
            .Idle("an operation works on one key, and on all of its messages at once."),
        Key("max_keys", Whole(0, 50_000), "The most keys that are touched.").Idle("an operation works on one key."),
        Key("flush_config", Settings("strategy", "threshold", "force", "dry_run"),
            "Settings of `flush`: `strategy`, `threshold`, `force`, `dry_run`."),
        Key("health_config", AnyMap, "Settings of `health`.").Idle("'health' has no settings."),
        Key("stats_config", Settings("include_content"), "Settings of `stats`: `include_content`."),
        Key("clear_config", Settings("confirm", "backup"), "Settings of `clear`: `confirm: true` is needed; `backup: true` keeps a copy."),
    ];

    private static MemoryTask Bind(TaskLoader loader, TaskSource it)
    {
        var operation = it.Map.Text("operation") ?? "";
        if (operation is "write" or "append" && it.Map.Value("payload") is null)
        {
            loader.Bag.Error(
                DiagnosticCodes.MemoryOperation,
                it.Map,
                $"The memory operation '{operation}' needs 'payload': what is to be kept.");
        }

        if (operation == "clear" && it.Map.Map("clear_config")?.Bool("confirm") != true)
        {
            loader.Bag.Error(
                DiagnosticCodes.MemoryOperation,
                it.Map,
                "The memory operation 'clear' needs 'clear_config: { confirm: true }', since it cannot be undone.");
        }

        if (it.Map.Scalar("memory_ref") is { } memory && loader.Context.Root.Has("memories"))
        {
            List<string> known =
                [.. loader.Context.Root.Maps("memories").Select(m => m.Text("id")).OfType<string>(), "conversation_history",
                    "knowledge_base", "memory"];
            if (!known.Contains(memory.Text) && loader.Context.Options.Project?.Memories.Any(m => m.Id == memory.Text) != true)
            {
                loader.Bag.Error(
                    DiagnosticCodes.UnknownMemory,
                    memory,
                    $"No memory has the id '{memory.Text}'.{NearMiss.HintOrList(memory.Text, known, "Known memories")}");
            }
        }

        var settings = new JsonObject();
        foreach (var name in new[] { "flush_config", "health_config", "stats_config", "clear_config", "batch_size", "max_keys" })
        {
            if (it.Map.Json(name) is { } value)
            {
                settings[name] = value;
            }
        }

        return new MemoryTask
        {
            Id = it.Id,
            Operation = operation,
            MemoryRef = it.Map.Text("memory_ref") ?? "",
            KeyTemplate = it.Map.Text("key_template") ?? "",
            Payload = it.Map.Json("payload"),
            Settings = settings.Count == 0 ? null : settings,
        };
    }
}
