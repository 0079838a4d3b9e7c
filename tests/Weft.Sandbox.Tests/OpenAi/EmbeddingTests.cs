using System.ClientModel;
using OpenAI.Embeddings;

namespace Weft.Sandbox.Tests.OpenAi;

public sealed class EmbeddingTests : SandboxTest
{
    [Fact]
    public async Task Embeddings_OfTextsThatShareWords_AreNearerThanOfOthers()
    {
        var vectors = (await Client().GenerateEmbeddingsAsync(
            ["How do I return a damaged lamp?", "Returning damaged lamps", "Opening hours on Sunday"], cancellationToken: Deadline)).Value
            .Select(embedding => embedding.ToFloats().ToArray()).ToList();

        Assert.All(vectors, vector => Assert.Equal(1536, vector.Length));
        Assert.True(Cosine(vectors[0], vectors[1]) > Cosine(vectors[0], vectors[2]) + 0.3);
    }

    [Fact]
    public async Task Embeddings_WithDimensions_HaveThatManyAndLengthOne()
    {
        var vector = (await Client().GenerateEmbeddingAsync(
            "A ceramic lamp", new EmbeddingGenerationOptions { Dimensions = 64 }, Deadline)).Value.ToFloats().ToArray();

        Assert.Equal(64, vector.Length);
        Assert.Equal(1, Cosine(vector, vector), 3);
    }

    private EmbeddingClient Client() =>
        new("text-embedding-3-small", new ApiKeyCredential(Sandbox.EnvironmentVariables["OPENAI_API_KEY"]), OpenAiOptions());

    private static double Cosine(float[] left, float[] right) => left.Zip(right, (a, b) => (double)a * b).Sum();
}
