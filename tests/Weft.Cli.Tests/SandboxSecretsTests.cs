using Weft.Agents.Secrets;
using Weft.Cli.Hosting;
using Weft.Sandbox.Wire;

namespace Weft.Cli.Tests;

public sealed class SandboxSecretsTests : CliTest
{
    [Fact]
    public async Task StoredKeyOfAProvider_DoesNotReachTheSimulators()
    {
        await using var host = await LocalHost.StartAsync(new HostSettings { Sandbox = true, DataFolder = Data }, CancellationToken.None);
        await host.Get<ISecretVault>().SetAsync("OPENAI_API_KEY", "sk-real-key", CancellationToken.None);
        await host.Get<ISecretVault>().SetAsync("CRM_TOKEN", "of-the-vault", CancellationToken.None);

        var found = await host.Get<SecretSource>().FindAsync(["OPENAI_API_KEY", "CRM_TOKEN"], CancellationToken.None);

        Assert.Equal((SandboxKeys.OpenAi, "of-the-vault"), (found["OPENAI_API_KEY"], found["CRM_TOKEN"]));
    }
}
