using Weft.Functions.CloudTests.Vault;
using Weft.Functions.Credentials;
using Weft.Language;

namespace Weft.Functions.CloudTests.Credentials;

/// <summary>What the vault does with secrets, by the real client.</summary>
public sealed class KeyVaultSecretVaultTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(2));
    private LoopbackVault _vault = null!; // InitializeAsync comes first.

    private CancellationToken Deadline => _patience.Token;

    public async Task InitializeAsync() => _vault = await LoopbackVault.StartAsync();

    public async Task DisposeAsync()
    {
        await _vault.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Secret_ThatWasStored_IsReadByEveryHost()
    {
        await AHost().SetAsync("mail", "s3cret", Deadline);

        Assert.Equal("s3cret", await AHost().GetAsync("mail", Deadline));
    }

    [Fact]
    public async Task Client_ThatIsChallenged_AsksForATokenOfTheVaultsTenant()
    {
        await AHost().GetAsync("mail", Deadline);

        Assert.Equal([$"https://vault.azure.net/.default of {VaultCredential.Tenant}"], _vault.Credential.Asked);
    }

    [Theory]
    [InlineData("hooks/github")]
    [InlineData("OPENAI_API_KEY")]
    [InlineData("a.b")]
    public async Task Name_ThatTheVaultDoesNotAllow_IsStoredUnderOneThatItDoes(string name)
    {
        var host = AHost();

        await host.SetAsync(name, "s3cret", Deadline);

        Assert.Equal("s3cret", await host.GetAsync(name, Deadline));
        Assert.Equal([name], await host.ListAsync(Deadline));
        Assert.Matches("^weft-[0-9a-f]{40}$", Assert.Single(_vault.Secrets.Live));
    }

    [Fact]
    public async Task Names_ThatDifferByCaseAlone_AreTwoSecrets()
    {
        var host = AHost();
        await host.SetAsync("mail", "lower", Deadline);
        await host.SetAsync("MAIL", "upper", Deadline);

        Assert.Equal("lower", await host.GetAsync("mail", Deadline));
        Assert.Equal("upper", await host.GetAsync("MAIL", Deadline));
    }

    [Fact]
    public async Task Name_ThatNoVaultTakes_IsRefusedBeforeTheVaultIsAsked()
    {
        var refused = await Assert.ThrowsAsync<WeftException>(() => AHost().GetAsync("a b", Deadline));

        Assert.Equal("invalid_secret", refused.Code);
        Assert.Empty(_vault.Requests);
    }

    [Fact]
    public async Task Secret_ThatIsNotThere_IsNull() => Assert.Null(await AHost().GetAsync("mail", Deadline));

    [Fact]
    public async Task Secret_ThatIsReadAgain_IsKeptForSomeMinutes()
    {
        var host = AHost();
        await host.SetAsync("mail", "s3cret", Deadline);

        await host.GetAsync("mail", Deadline);
        await host.GetAsync("mail", Deadline);

        Assert.Single(_vault.Requests, r => r.Method == "GET");
    }

    [Fact]
    public async Task Secret_ThatManyReadAtOnce_IsReadOnce()
    {
        var host = AHost();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.GetAsync("mail", Deadline)));

        Assert.Single(_vault.Requests);
    }

    [Fact]
    public async Task Secret_ThatIsWrittenAnew_IsReadAnew()
    {
        var host = AHost();
        await host.SetAsync("mail", "old", Deadline);
        await host.GetAsync("mail", Deadline);

        await host.SetAsync("mail", "new", Deadline);

        Assert.Equal("new", await host.GetAsync("mail", Deadline));
    }

    [Fact]
    public async Task Secret_ThatIsDeleted_IsGoneAndKeptBySoftDelete()
    {
        var host = AHost();
        await host.SetAsync("mail", "s3cret", Deadline);

        Assert.True(await host.DeleteAsync("mail", Deadline));

        Assert.Null(await host.GetAsync("mail", Deadline));
        Assert.Empty(_vault.Secrets.Live);
        Assert.Single(_vault.Secrets.Deleted);
    }

    [Fact]
    public async Task Secret_ThatIsNotThere_IsNotDeleted() => Assert.False(await AHost().DeleteAsync("mail", Deadline));

    [Fact]
    public async Task Secret_ThatIsReadWhileItIsDeleted_IsNotKept()
    {
        var host = AHost();
        await host.SetAsync("mail", "s3cret", Deadline);
        _vault.Instead = async asked =>
        {
            if (asked.Method == "DELETE")
            {
                await host.GetAsync("mail", Deadline);
            }

            return null;
        };

        await host.DeleteAsync("mail", Deadline);

        Assert.Null(await host.GetAsync("mail", Deadline));
    }

    [Fact]
    public async Task Secret_ThatSoftDeleteKeeps_IsRecoveredWhenItIsWrittenAgain()
    {
        var host = AHost();
        await host.SetAsync("mail", "old", Deadline);
        await host.DeleteAsync("mail", Deadline);

        await host.SetAsync("mail", "new", Deadline);

        Assert.Equal("new", await host.GetAsync("mail", Deadline));
        Assert.Empty(_vault.Secrets.Deleted);
    }

    [Fact]
    public async Task List_OfManyPages_HasEveryNameOfOursInOrder()
    {
        var host = AHost();
        string[] names = ["e", "b", "d", "a", "c"];
        foreach (var name in names)
        {
            await host.SetAsync(name, "s3cret", Deadline);
        }

        await _vault.Client.SetSecretAsync("openai-api-key", "of the deployment", Deadline);

        Assert.Equal(["a", "b", "c", "d", "e"], await host.ListAsync(Deadline));
    }

    private KeyVaultSecretVault AHost() => new(_vault.Client, TimeProvider.System);
}
