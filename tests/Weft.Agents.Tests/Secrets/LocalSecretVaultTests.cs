using Microsoft.Extensions.DependencyInjection;
using Weft.Agents.Secrets;
using Weft.Agents.Storage;
using Weft.Agents.Tests.Storage;
using Weft.Embedded.Secrets;
using Weft.Language;

namespace Weft.Agents.Tests.Secrets;

public sealed class LocalSecretVaultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weft-vault-").FullName;
    private readonly MemoryRecordStore _store = new();
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Secret_IsReadBackByAnotherProcessOfTheSameFolder()
    {
        await Open("a").SetAsync("GITHUB_TOKEN", "ghp_1", _deadline);

        Assert.Equal("ghp_1", await Open("a").GetAsync("GITHUB_TOKEN", _deadline));
        Assert.Equal(["GITHUB_TOKEN"], await Open("a").ListAsync(_deadline));
    }

    [Fact]
    public async Task Store_NeverHoldsTheValueInClear()
    {
        await Open("a").SetAsync("K", "very-secret-value", _deadline);

        var page = await _store.QueryAsync(new RowRange("secrets", "s"), _deadline);
        Assert.DoesNotContain(page.Rows, r => r.Json.Contains("very-secret-value"));
    }

    [Fact]
    public async Task OtherKeys_SayWhatIsWrong()
    {
        await Open("a").SetAsync("K", "very-secret-value", _deadline);

        var exception = await Assert.ThrowsAsync<WeftException>(() => Open("b").GetAsync("K", _deadline));

        Assert.Equal("secret_unreadable", exception.Code);
        Assert.Contains("'K'", exception.Message);
    }

    [Fact]
    public async Task Row_CopiedToAnotherName_DoesNotOpen()
    {
        await Open("a").SetAsync("K", "very-secret-value", _deadline);
        var row = await _store.ReadAsync(new RowKey("secrets", "s", "K"), _deadline);
        await _store.UpsertAsync(new RowKey("secrets", "s", "L"), row!.Json, _deadline);

        await Assert.ThrowsAsync<WeftException>(() => Open("a").GetAsync("L", _deadline));
    }

    [Fact]
    public async Task Deleted_IsGone()
    {
        var vault = Open("a");
        await vault.SetAsync("K", "v", _deadline);

        Assert.True(await vault.DeleteAsync("K", _deadline));
        Assert.False(await vault.DeleteAsync("K", _deadline));
        Assert.Null(await vault.GetAsync("K", _deadline));
    }

    [Theory]
    [InlineData("", "v")]
    [InlineData("a b", "v")]
    [InlineData("K", "")]
    public async Task BadNamesAndValues_AreRefused(string name, string value)
    {
        var exception = await Assert.ThrowsAsync<WeftException>(() => Open("a").SetAsync(name, value, _deadline));

        Assert.Equal("invalid_secret", exception.Code);
    }

    private ISecretVault Open(string folder)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IRecordStore>(_store);
        services.AddLogging();
        services.AddLocalVault(Path.Combine(_folder, folder));
        return services.BuildServiceProvider().GetRequiredService<ISecretVault>();
    }
}
