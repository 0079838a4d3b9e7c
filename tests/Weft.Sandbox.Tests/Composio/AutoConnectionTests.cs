using System.Text.Json.Nodes;

namespace Weft.Sandbox.Tests.Composio;

public sealed class AutoConnectionTests : SandboxTest
{
    [Fact]
    public async Task Accounts_OfAUserAskedForByName_AreThereAndUsable()
    {
        var accounts = (await ReadAsync(
            await Composio().GetAsync(
                "connected_accounts?user_ids=anyone&toolkit_slugs=shopify&statuses=ACTIVE", Deadline)))["items"]!.AsArray();

        var account = Assert.Single(accounts);
        Assert.Equal("ACTIVE", (string?)account!["status"]);
        Assert.True(
            (bool)(await ExecuteAsync("SHOPIFY_GET_ORDER", new JsonObject { ["order_id"] = "1001" }, user: "anyone"))["successful"]!);
    }

    [Fact]
    public async Task Accounts_DeletedByTheirUser_DoNotComeBack()
    {
        var id = (string)(await ReadAsync(
            await Composio().GetAsync("connected_accounts?user_ids=anyone&toolkit_slugs=shopify", Deadline)))["items"]![0]!["id"]!;

        await Composio().DeleteAsync($"connected_accounts/{id}", Deadline);

        Assert.Empty(
            (await ReadAsync(
                await Composio().GetAsync("connected_accounts?user_ids=anyone&toolkit_slugs=shopify", Deadline)))["items"]!.AsArray());
        Assert.Contains("No connected account",
            (string?)(await ExecuteAsync("SHOPIFY_GET_ORDER", new JsonObject { ["order_id"] = "1001" },
                user: "anyone"))["error"]!["message"], StringComparison.Ordinal);
    }
}
