using System.Text.Json.Nodes;
using Weft.Extending.Tests.Hosts;
using Weft.Sandbox.Script;

namespace Weft.Extending.Tests.Tools;

public sealed class ToolProviderTests(OwnServer server) : IClassFixture<OwnServer>
{
    [Fact]
    public async Task Workflow_OfThePage_CallsTheToolsOfTheProvider()
    {
        server.Sandbox.Script.Set(
            new ScriptRule
            {
                Match = new ScriptMatch { Nth = 1 },
                Reply = new ScriptReply
                {
                    ToolCalls = [new ScriptCall { Name = "stock_count", Arguments = new JsonObject { ["item"] = "lamp" } }],
                },
            },
            new ScriptRule { Reply = new ScriptReply { Text = "Two are left." } });
        await server.PutAsync("restock", "Tools/restock.yaml");

        var ended = await server.RunAsync("restock", new JsonObject { ["item"] = "lamp" });

        Assert.Equal("completed", ended["status"]!.GetValue<string>());
        Assert.Equal(2, Output(ended, "take")["left"]!.GetValue<int>());
        Assert.Equal("""{"pieces":2,"site":"[env.WAREHOUSE]"}""", Output(ended, "look").ToJsonString());
        Assert.Equal("Two are left.", Output(ended, "tell")["answer"]!.GetValue<string>());
        Assert.Equal(["stock.take", "porto", "stock.count"],
            ended["trace"]!["nodes"]!.AsArray().SelectMany(n => n!["tool_calls"]!.AsArray()).Select(c => c!["tool"]!.GetValue<string>()));
    }

    private static JsonNode Output(JsonObject document, string node) => document["outputs"]![node]!["output"]!;
}
